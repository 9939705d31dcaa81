using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ecs.Agent.Architecture.Tests;

/// <summary>What a compiled assembly really uses, read from its metadata: no alias, <c>using static</c> or global using hides anything.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(ImmutableArray<string> assemblies, ImmutableHashSet<string> types, ImmutableHashSet<string> members)
    {
        ReferencedAssemblies = assemblies;
        UsedTypes = types;
        UsedMembers = members;
    }

    public ImmutableArray<string> ReferencedAssemblies { get; }

    /// <summary>Full names of the types of other assemblies that are used.</summary>
    public ImmutableHashSet<string> UsedTypes { get; }

    /// <summary><c>Namespace.Type.Member</c> of the members of other assemblies that are used; a property is its <c>get_</c> method.</summary>
    public ImmutableHashSet<string> UsedMembers { get; }

    /// <summary>Reads <paramref name="name"/><c>.dll</c> from the folder of the tests.</summary>
    public static CompiledAssembly Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return new CompiledAssembly(
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)],
            [.. metadata.TypeReferences.Select(handle => NameOf(metadata, handle))],
            [.. metadata.MemberReferences.Select(handle => NameOf(metadata, metadata.GetMemberReference(handle))).OfType<string>()]);
    }

    private static string? NameOf(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}"
            : null;

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
