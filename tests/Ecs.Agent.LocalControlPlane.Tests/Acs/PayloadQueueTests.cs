using Ecs.Agent.LocalControlPlane.Acs;

namespace Ecs.Agent.LocalControlPlane.Tests.Acs;

public sealed class PayloadQueueTests
{
    [Fact]
    public void Tasks_ThatWaitTogether_TravelInOneMessageInOrder()
    {
        var queue = Queue("a", "b", "c").Seal("m1", 5, limit: 2);

        var message = Assert.Single(queue.Unacknowledged);
        Assert.Equal(["a", "b"], message.TaskArns);
        Assert.Equal(("m1", 5), (message.MessageId, message.SeqNum));
        Assert.Equal(["c"], queue.Waiting);
    }

    [Fact]
    public void Task_WaitingAlready_WaitsOnce() => Assert.Equal(["a"], Queue("a", "a").Waiting);

    [Fact]
    public void Seal_WithNothingWaiting_MakesNoMessage() => Assert.Same(PayloadQueue.Empty, PayloadQueue.Empty.Seal("m1", 1, 10));

    [Fact]
    public void Message_UntilAcknowledged_Stays()
    {
        var queue = Queue("a").Seal("m1", 1, 10).Add("b").Seal("m2", 2, 10);

        Assert.Equal(["m2"], queue.Acknowledge("m1").Unacknowledged.Select(payload => payload.MessageId));
        Assert.Same(queue, queue.Acknowledge("other"));
    }

    [Fact]
    public void StoppedTask_IsForgottenEverywhere_AndEmptyMessagesWithIt()
    {
        var queue = Queue("a").Seal("m1", 1, 10).Add("a").Add("b").Seal("m2", 2, 1);

        var left = queue.Forget("a");

        Assert.Empty(left.Unacknowledged);
        Assert.Equal(["b"], left.Waiting);
        Assert.Same(left, left.Forget("a"));
    }

    private static PayloadQueue Queue(params string[] tasks) => tasks.Aggregate(PayloadQueue.Empty, (queue, task) => queue.Add(task));
}
