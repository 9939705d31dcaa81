using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Domain.Tests.Images;

public sealed class ImageDigestsTests
{
    [Theory]
    [InlineData("busybox", null)]
    [InlineData("busybox:1", null)]
    [InlineData("host:5000/a/b:1", null)]
    [InlineData("busybox@sha256:abc", "sha256:abc")]
    [InlineData("host:5000/a:1@sha256:abc", "sha256:abc")]
    public void In_AReference_IsWhatStandsBehindTheAt(string image, string? digest) => Assert.Equal(digest, ImageDigests.In(image));

    [Theory]
    [InlineData("busybox:1", "busybox@sha256:a", "sha256:a")]
    [InlineData("busybox", "docker.io/library/busybox@sha256:a", "sha256:a")]
    [InlineData("team/app:2", "docker.io/team/app@sha256:a", "sha256:a")]
    [InlineData("host:5000/app:1", "host:5000/app@sha256:a", "sha256:a")]
    [InlineData("localhost/app", "localhost/app@sha256:a", "sha256:a")]
    [InlineData("host:5000/app:1", "host:5000/other@sha256:a", null)]
    [InlineData("busybox", "team/busybox@sha256:a", null)]
    public void Among_RepoDigests_TakesThatOfTheSameRepository(string image, string repoDigest, string? digest) =>
        Assert.Equal(digest, ImageDigests.Among(image, ["elsewhere.io/x@sha256:z", repoDigest]));

    [Fact]
    public void Among_AnImageBuiltHere_IsNone() => Assert.Null(ImageDigests.Among("busybox", []));
}
