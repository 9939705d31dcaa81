using Ecs.Agent.Domain.Volumes;

namespace Ecs.Agent.Domain.Tests.Volumes;

public sealed class FileSystemTests
{
    private const string Nfs = "nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport";

    [Theory]
    [InlineData("us-west-2", "amazonaws.com", "/data", ":/data", "addr=fs-1.efs.us-west-2.amazonaws.com,")]
    [InlineData("cn-north-1", "amazonaws.com.cn", "", ":/", "addr=fs-1.efs.cn-north-1.amazonaws.com.cn,")]
    public void OverNfs_FileSystem_IsMountedByDockersOwnDriver(string region, string suffix, string root, string device, string address)
    {
        var driver = new EfsFileSystem { FileSystemId = "fs-1", RootDirectory = root, TransitEncryption = true, AccessPointId = "fsap-1" }
            .OverNfs(region, suffix);

        Assert.Equal(("local", "nfs", device, address + Nfs), (driver.Name, driver.Options["type"], driver.Options["device"], driver.Options["o"]));
    }

    [Theory]
    [InlineData("", false, 0, false, "", "fs-1", null)]
    [InlineData("/d", true, 0, false, "", "fs-1:/d", "tls")]
    [InlineData("", true, 2049, false, "", "fs-1", "tls,tlsport=2049")]
    [InlineData("", true, 0, true, "", "fs-1", "tls,iam,awscredsuri=/v2/credentials/c")]
    [InlineData("", false, 0, false, "fsap-1", "fs-1", "accesspoint=fsap-1")]
    [InlineData("/", true, 7, true, "fsap-1", "fs-1:/", "tls,tlsport=7,iam,awscredsuri=/v2/credentials/c,accesspoint=fsap-1")]
    public void ByPlugin_FileSystem_HasItsOptionsInOrder(
        string root, bool encryption, int port, bool iam, string accessPoint, string device, string? options)
    {
        var driver = new EfsFileSystem
        {
            FileSystemId = "fs-1",
            RootDirectory = root,
            TransitEncryption = encryption,
            TransitEncryptionPort = port,
            Iam = iam,
            AccessPointId = accessPoint,
        }.ByPlugin("/v2/credentials/c");

        Assert.Equal(
            ("amazon-ecs-volume-plugin", "efs", device, options),
            (driver.Name, driver.Options["type"], driver.Options["device"], driver.Options.GetValueOrDefault("o")));
    }

    [Fact]
    public void ByPlugin_RoleWithoutCredentials_SaysIamOnly() =>
        Assert.Equal("iam", new EfsFileSystem { FileSystemId = "fs-1", Iam = true }.ByPlugin(null).Options["o"]);

    [Fact]
    public void ByPlugin_S3Files_AreAlwaysEncryptedAndOpenedByTheRole()
    {
        var driver = new S3FileSystem { VolumeId = "fs-1", RootDirectory = "/d", TransitEncryptionPort = 7, AccessPointId = "ap" }
            .ByPlugin("/v2/credentials/c");

        Assert.Equal(
            ("amazon-ecs-volume-plugin", "s3files", "fs-1:/d", "tls,tlsport=7,iam,awscredsuri=/v2/credentials/c,accesspoint=ap"),
            (driver.Name, driver.Options["type"], driver.Options["device"], driver.Options["o"]));
    }
}
