using System.Text.RegularExpressions;

namespace Ecs.Agent.Architecture.Tests;

/// <summary>How source files are cut.</summary>
public sealed partial class SourceFileTests
{
    [Fact]
    public void SourceFile_Holds_AtMostOnePublicType()
    {
        var crowded = SourceTree.Files().Where(file => PublicTypes(SourceTree.Read(file)).Distinct().Count() > 1);

        Assert.Empty(crowded);
    }

    [Fact]
    public void SourceFile_IsNamed_AfterItsPublicType()
    {
        var misnamed = SourceTree.Files()
            .Select(file => (File: file, Type: PublicTypes(SourceTree.Read(file)).FirstOrDefault()))
            .Where(pair => pair.Type is not null && Stem(pair.File) != pair.Type)
            .Select(pair => $"{pair.File} holds {pair.Type}");

        Assert.Empty(misnamed);
    }

    [Fact]
    public void SourceFolder_IsNamed_AfterACapability()
    {
        string[] kinds = ["Helpers", "Interfaces", "Models", "Utils", "Utilities", "Common", "Misc", "Services", "Managers"];

        Assert.DoesNotContain(SourceTree.Files(), file => file.Split('/').SkipLast(1).Intersect(kinds).Any());
    }

    [Theory]
    [InlineData("public sealed record Pull(string Image);", "Pull")]
    [InlineData("public abstract record Step\n{\n    public sealed record Pull : Step;\n}", "Step")]
    [InlineData("public readonly record struct Claim;\npublic interface IStore<T>;", "Claim,IStore")]
    [InlineData("internal sealed class Hidden;", "")]
    public void PublicTypes_OfASource_AreFound(string source, string expected)
    {
        Assert.Equal(expected, string.Join(',', PublicTypes(source)));
    }

    // Namespaces are file-scoped, so a type that starts its line is not nested.
    private static IEnumerable<string> PublicTypes(string source) => PublicType().Matches(source).Select(match => match.Groups["name"].Value);

    // Name.cs, Name{T}.cs for a generic type, Name.Part.cs for a part of one.
    private static string Stem(string file) => Path.GetFileName(file).Split('.', '{')[0];

    [GeneratedRegex(
        @"^public (?:(?:sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:record struct|record class|class|record|struct|interface|enum|delegate \S+) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PublicType();
}
