using CsCheck;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Domain.Tests.Images;

public sealed class DiskWatermarkTests
{
    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(99, 0, 1)]
    [InlineData(150, 50, 0)]
    [InlineData(150, 60, 10)]
    [InlineData(0, 0, 100)]
    public void Shortage_OfAnAmount_CountsWhatIsComing(long free, long coming, long shortage) =>
        Assert.Equal(shortage, DiskWatermark.OfBytes(100).Shortage(new DiskSpace(1000, free), coming));

    [Theory]
    [InlineData(150, 0, 0)]
    [InlineData(100, 0, 50)]
    [InlineData(200, 100, 50)]
    public void Shortage_OfAShare_GoesByTheSizeOfTheDisk(long free, long coming, long shortage) =>
        Assert.Equal(shortage, DiskWatermark.OfPercent(15).Shortage(new DiskSpace(1000, free), coming));

    [Fact]
    public void Shortage_FreedOnce_IsNoneAfterwards() => Gen.Select(Gen.Long[1, 1L << 50], Gen.Long[0, 1L << 50], Gen.Long[0, 1L << 40]).Sample(
        (mark, free, coming) =>
        {
            var watermark = DiskWatermark.OfBytes(mark);
            var shortage = watermark.Shortage(new DiskSpace(1L << 51, free), coming);
            Assert.Equal(0, watermark.Shortage(new DiskSpace(1L << 51, free + shortage), coming));
            Assert.True(shortage == 0 || watermark.Shortage(new DiskSpace(1L << 51, free + shortage - 1), coming) == 1);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(double.NaN)]
    public void OfPercent_OutsideTheDisk_IsRefused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DiskWatermark.OfPercent(percent));
}
