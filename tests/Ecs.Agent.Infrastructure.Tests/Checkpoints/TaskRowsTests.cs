using System.Text;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

public sealed class TaskRowsTests
{
    private readonly RecordSeal _seal = new(new byte[RecordSeal.KeyLength]);

    [Fact]
    public void Read_OfWhatWasWritten_LosesNoMember()
    {
        var task = Whole();

        Assert.Equal(Print(task), Print(RoundTrip(task)));
    }

    public static TheoryData<Type> Volumes { get; } = [.. typeof(TaskVolume).GetNestedTypes()];

    [Theory]
    [MemberData(nameof(Volumes))]
    public void Read_OfEachKindOfVolume_LosesNothing(Type kind)
    {
        var task = Whole();
        task = task with { Definition = task.Definition with { Volumes = [(TaskVolume)Filled(kind, "volume")] } };

        Assert.Equal(Print(task), Print(RoundTrip(task)));
    }

    public static TheoryData<Type> Logins { get; } = [.. typeof(RegistryAuthentication).GetNestedTypes()];

    [Theory]
    [MemberData(nameof(Logins))]
    public void Read_OfEachKindOfRegistryLogin_LosesNothing(Type kind)
    {
        var task = Whole();
        var container = task.Definition.Containers[0] with { RegistryAuthentication = (RegistryAuthentication)Filled(kind, "login") };
        task = task with
        {
            Definition = task.Definition with { Containers = [container] },
            Containers = [task.Containers[0] with { Definition = container }],
        };

        Assert.Equal(Print(task), Print(RoundTrip(task)));
    }

    public static TheoryData<Type> Causes { get; } = [.. typeof(StopCause).GetNestedTypes()];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Read_OfEachStopCause_LosesNothing(Type kind)
    {
        var task = Whole() with { StopCause = (StopCause)Filled(kind, "cause") };

        Assert.Equal(Print(task), Print(RoundTrip(task)));
    }

    [Fact]
    public void Read_OfAnImage_LosesNoMember()
    {
        var image = (ImageRecord)Filled(typeof(ImageRecord), "image");

        Assert.Equal(Print(image), Print(ImageRows.Read(ImageRows.Of(image))));
    }

    [Fact]
    public void Between_OnlyOneContainerChanged_WritesThatOneAndNoDefinition()
    {
        var before = Running(1);
        var after = before.Apply(new TaskEvent.LookNeeded(T0, "app"));

        var rows = TaskRows.Between(before, after, _seal);

        Assert.Null(rows.Definition);
        Assert.Equal(["app"], rows.Containers.Select(c => c.Key));
    }

    [Fact]
    public void Between_DefinitionWithSecrets_HoldsNoneOfThemInTheClear()
    {
        var rows = TaskRows.Between(null, Running(1), _seal);

        var all = Encoding.Latin1.GetString([.. rows.Definition!, .. rows.State.Json, .. rows.Containers.SelectMany(c => c.Json)]);
        Assert.DoesNotContain("hunter2", all, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSWORD", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RowsOfAnotherTask_IsRefused()
    {
        var one = TaskRows.Between(null, Running(1), _seal);
        var two = TaskRows.Between(null, Running(2), _seal);

        Assert.Throws<UnusableRecordException>(() => Read(one with { Definition = two.Definition }));
        Assert.Throws<UnusableRecordException>(() => Read(one with { State = two.State with { Key = one.State.Key } }));
        Assert.Throws<UnusableRecordException>(() => Read(one with { Containers = two.Containers }));
    }

    [Fact]
    public void Read_AnyBitFlipped_IsRefused()
    {
        var rows = TaskRows.Between(null, Running(1), _seal);
        for (var i = 0; i < rows.Definition!.Length; i++)
        {
            Assert.Throws<UnusableRecordException>(() => Read(rows with { Definition = Flip(rows.Definition, i) }));
        }

        for (var i = 0; i < rows.State.Json.Length; i++)
        {
            Assert.Throws<UnusableRecordException>(() => Read(rows with { State = rows.State with { Json = Flip(rows.State.Json, i) } }));
        }
    }

    [Fact]
    public void Read_WithAnotherKey_SaysThatTheKeyMayBeGone()
    {
        var other = new RecordSeal(Enumerable.Repeat((byte)7, RecordSeal.KeyLength).ToArray());
        var rows = TaskRows.Between(null, Running(1), _seal);

        var problem = Assert.Throws<UnusableRecordException>(() => Read(rows, other));

        Assert.Contains("a key that is gone", problem.Message, StringComparison.Ordinal);
    }

    private static EcsTask Whole()
    {
        var definition = (TaskDefinition)Filled(typeof(TaskDefinition), "task");
        var container = (EcsContainer)Filled(typeof(EcsContainer), "container");
        return WithResources((EcsTask)Filled(typeof(EcsTask), "task") with
        {
            Definition = definition with { Containers = [Mounting(definition.Containers[0], definition.Volumes)] },
            Containers = [container with { Definition = Mounting(definition.Containers[0], definition.Volumes) }],
        });
    }

    private static byte[] Flip(byte[] bytes, int position)
    {
        var flipped = bytes.ToArray();
        flipped[position] ^= 1;
        return flipped;
    }

    private EcsTask RoundTrip(EcsTask task) => Read(TaskRows.Between(null, task, _seal));

    private EcsTask Read(TaskRows rows, RecordSeal? seal = null) => TaskRows.Read(
        rows.Arn, rows.Definition!, rows.State, rows.Containers.ToDictionary(c => c.Key, StringComparer.Ordinal), seal ?? _seal);
}
