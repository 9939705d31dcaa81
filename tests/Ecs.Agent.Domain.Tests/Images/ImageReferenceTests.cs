using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Domain.Tests.Images;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:be4b3bfff4207f8538451760dcdee41e9af123a801787295413938627e2b9a0a";

    [Theory]
    [InlineData("busybox", "busybox", null, null, null)]
    [InlineData("busybox:1.36", "busybox", "1.36", null, null)]
    [InlineData("library/busybox:latest", "library/busybox", "latest", null, null)]
    [InlineData("localhost/app", "localhost/app", null, null, "localhost")]
    [InlineData("localhost:5000/app", "localhost:5000/app", null, null, "localhost:5000")]
    [InlineData("localhost:5000/team/app:v1", "localhost:5000/team/app", "v1", null, "localhost:5000")]
    [InlineData("[::1]:5000/app:v1", "[::1]:5000/app", "v1", null, "[::1]:5000")]
    [InlineData("Registry.Example.com/app", "Registry.Example.com/app", null, null, "Registry.Example.com")]
    [InlineData("app@" + Digest, "app", null, Digest, null)]
    [InlineData("host.example:5000/a/b_c/d--e:T_1@" + Digest, "host.example:5000/a/b_c/d--e", "T_1", Digest, "host.example:5000")]
    public void TryParse_WellFormed_TakesItApart(string text, string repository, string? tag, string? digest, string? host)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        Assert.Equal((repository, tag, digest, host), (reference.Repository, reference.Tag, reference.Digest, reference.Host));
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData(null, "invalid reference format")]
    [InlineData("", "invalid reference format")]
    [InlineData(":tag", "invalid reference format")]
    [InlineData("app:", "invalid reference format")]
    [InlineData("app:tag/../x", "invalid reference format")]
    [InlineData("../../containers/json", "invalid reference format")]
    [InlineData("app?x=1", "invalid reference format")]
    [InlineData("app@sha256:short", "invalid reference format")]
    [InlineData("a b", "invalid reference format")]
    [InlineData("bad_host.x:port/app", "invalid reference format")]
    [InlineData("app:tag\n", "invalid reference format")]
    [InlineData("UPPER/Case", "invalid reference format: repository name must be lowercase")]
    public void TryParse_Malformed_SaysWhatDockerSays(string? text, string expected)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void TryParse_RepositoryTooLong_IsRefused()
    {
        Assert.False(ImageReference.TryParse(new string('a', 256), out _, out var problem));
        Assert.Equal("repository name must not be more than 255 characters", problem);
    }

    [Theory]
    [InlineData("app", "latest")]
    [InlineData("app:v1", "v1")]
    [InlineData("app:v1@" + Digest, Digest)]
    public void Selector_PrefersDigestThenTagThenLatest(string text, string expected)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        Assert.Equal(expected, reference.Selector);
    }

    [Fact]
    public void At_Digest_DropsTheTag()
    {
        Assert.True(ImageReference.TryParse("host:5000/app:v1", out var reference, out _));
        Assert.Equal("host:5000/app@" + Digest, reference.At(Digest).ToString());
    }

    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("docker.io/library/busybox:1", "busybox:1")]
    [InlineData("index.docker.io/team/app", "team/app:latest")]
    [InlineData("library/busybox", "busybox:latest")]
    [InlineData("library/a/b", "library/a/b:latest")]
    [InlineData("host:5000/library/app", "host:5000/library/app:latest")]
    [InlineData("app:1@sha256:0123456789abcdef0123456789abcdef", "app@sha256:0123456789abcdef0123456789abcdef")]
    [InlineData("Not A Reference", "Not A Reference")]
    [InlineData("", "")]
    public void FamiliarName_IsTheOneThatDockerLists(string text, string familiar) => Assert.Equal(familiar, ImageReference.FamiliarName(text));
}
