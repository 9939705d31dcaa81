namespace Ecs.Agent.Architecture.Tests;

/// <summary>The arrows between the projects.</summary>
public sealed class LayerTests
{
    private const string Domain = "Ecs.Agent.Domain";
    private const string Protocol = "Ecs.Agent.Protocol";
    private const string Application = "Ecs.Agent.Application";
    private const string Infrastructure = "Ecs.Agent.Infrastructure";
    private const string LocalControlPlane = "Ecs.Agent.LocalControlPlane";
    private const string Testing = "Ecs.Agent.Testing";
    private const string Host = "ecs-agent";

    /// <summary>Each assembly with the assemblies of this project that it may use.</summary>
    public static TheoryData<string, string[]> Arrows => new()
    {
        { Domain, [] },
        { Protocol, [] },
        { Application, [Domain] },
        { Infrastructure, [Application, Domain, Protocol] },
        { LocalControlPlane, [Protocol] },
        { Testing, [Application, Domain] },
        { Host, [Infrastructure, Application, Domain, LocalControlPlane, Protocol] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Assembly_References_OnlyWhatItsLayerMay(string assembly, string[] allowed)
    {
        var own = CompiledAssembly.Read(assembly).ReferencedAssemblies.Where(name => name.StartsWith("Ecs.Agent.", StringComparison.Ordinal));

        Assert.Empty(own.Except(allowed));
    }

    [Theory]
    [InlineData(Domain)]
    [InlineData(Protocol)]
    public void InnermostAssembly_References_NothingButTheRuntime(string assembly)
    {
        var others = CompiledAssembly.Read(assembly).ReferencedAssemblies.Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(others);
    }

    [Theory]
    [InlineData(Domain)]
    [InlineData(Application)]
    [InlineData(Protocol)]
    [InlineData(LocalControlPlane)]
    [InlineData(Testing)]
    [InlineData(Host)]
    public void Assembly_OtherThanInfrastructure_UsesNoDockerAndNoAwsType(string assembly)
    {
        var foreign = CompiledAssembly.Read(assembly).UsedTypes
            .Where(type => type.StartsWith("Docker.", StringComparison.Ordinal) || type.StartsWith("Amazon.", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Theory]
    [InlineData(Domain)]
    [InlineData(Application)]
    public void Core_Uses_NoFileNoProcessNoNetwork(string assembly)
    {
        string[] outside =
        [
            "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo",
            "System.Console", "System.Diagnostics.Process",
        ];

        var used = CompiledAssembly.Read(assembly).UsedTypes
            .Where(type => outside.Contains(type)
                || type.StartsWith("System.Net.", StringComparison.Ordinal)
                || type.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || type.StartsWith("Microsoft.Data.", StringComparison.Ordinal));

        Assert.Empty(used);
    }

    [Fact]
    public void DockerClient_IsNamed_OnlyInTheDockerAdapter()
    {
        var elsewhere = SourceTree.Files()
            .Where(file => !file.StartsWith("src/Ecs.Agent.Infrastructure/Docker/", StringComparison.Ordinal))
            .Where(file => SourceTree.Read(file).Contains("Docker.DotNet", StringComparison.Ordinal));

        Assert.Empty(elsewhere);
    }
}
