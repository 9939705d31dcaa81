using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class HostResourceTests
{
    [Fact]
    public async Task Task_ThatDoesNotFit_SaysNothingUntilItDoes()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(1, Container("app") with { Cpu = 2000 }), Definition(2, Container("app") with { Cpu = 2000 }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);

        Assert.IsType<BlockedOn.HostResource>(agent.Owners.PlanOf(Arn(2))!.Blocked["app"]);
        agent.Exit("app", 0, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        var reports = agent.ControlPlane.Reports;
        var firstRuns = reports.FindIndex(r => r.TaskArn == Arn(1) && r.Status == Domain.Reporting.ReportedStatus.Running);
        Assert.True(reports.FindIndex(r => r.TaskArn == Arn(2)) > firstRuns);
    }

    [Fact]
    public async Task Tasks_ThatFitOneAtATime_RunInTheOrderOfAdmission()
    {
        await using var agent = await StartAsync();
        var onOnePort = Container("app") with { PortMappings = [new() { ContainerPort = 80, HostPort = 8080 }] };
        await agent.RunAsync([.. Enumerable.Range(1, 8).Select(n => Definition(n, onOnePort))]);

        foreach (var n in Enumerable.Range(1, 8))
        {
            await agent.UntilReportedAsync(EcsTaskStatus.Running, n);
            agent.Exit("app", 0, n);
        }

        var granted = agent.Tasks.Changes
            .Where(c => c.Before?.HostResources == HostResourceClaim.Waiting && c.After.HostResources == HostResourceClaim.Held)
            .Select(c => c.After.Arn);
        Assert.Equal(Enumerable.Range(1, 8).Select(Arn), granted);
    }

    [Fact]
    public async Task Task_SmallBehindABigWaitingOne_WaitsToo()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(
            Definition(1, Container("app") with { Cpu = 1500 }),
            Definition(2, Container("app") with { Cpu = 1500 }),
            Definition(3, Container("app") with { Cpu = 1 }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);
        Assert.Equal(HostResourceClaim.Waiting, agent.Directory.Find(Arn(3))!.HostResources);

        agent.Exit("app", 0, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 3);
    }

    [Fact]
    public async Task Task_ThatNeedsMoreThanTheMachineHas_IsRefusedWithWhatItNeedsAndWhatThereIs()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(
            Definition(
                1, Container("app") with { Cpu = 4096, MemoryMiB = 9999, PortMappings = [new() { ContainerPort = 22, HostPort = 22 }] }),
            Definition(2, Container("app")));

        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        Assert.Equal(
            [
                "STOPPED \"Task needs more than this machine has: CPU 4096 of 2048; MEMORY 9999 MiB of 4096 MiB; PORTS_TCP 22, which is reserved\""
                + " ended: app STOPPED",
            ],
            agent.Story(1));
    }

    [Fact]
    public async Task Tasks_BeforeTheRegistration_WaitForIt()
    {
        await using var agent = await StartAsync(Options, register: false);
        await agent.RunAsync(Definition(1, Container("app") with { Cpu = 9999 }), Definition(2, Container("app") with { Cpu = 1 }));

        await agent.RegisterAsync();

        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);
    }

    [Fact]
    public async Task Registration_Repeated_ForgetsNobodysClaim()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(1, Container("app") with { Cpu = 2048 }), Definition(2, Container("app") with { Cpu = 2048 }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);

        await agent.RegisterAsync();
        Assert.Equal(HostResourceClaim.Waiting, agent.Directory.Find(Arn(2))!.HostResources);
        await agent.StopAsync(1);

        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);
    }

    [Fact]
    public async Task Claim_CancelledWhileItWaits_LeavesTheLine()
    {
        var ledger = OpenLedger();
        await ledger.ClaimAsync(Claim(1, 1000), CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var waiting = ledger.ClaimAsync(Claim(2, 1000), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(ledger.Snapshot.Waiting);
    }

    [Fact]
    public async Task Claim_CancelledInTheMomentOfItsGrant_IsHeldAndToldOrGivenBack()
    {
        for (var round = 0; round < 200; round++)
        {
            var ledger = OpenLedger();
            var holder = Claim(1, 1000);
            await ledger.ClaimAsync(holder, CancellationToken.None);
            using var cancellation = new CancellationTokenSource();
            var waiting = ledger.ClaimAsync(Claim(2, 1000), cancellation.Token);

            await Task.WhenAll(Task.Run(cancellation.Cancel), Task.Run(() => ledger.ReleaseAsync(holder)));

            var told = await Task.WhenAny(waiting) == waiting && waiting.IsCompletedSuccessfully;
            Assert.Equal(told, ledger.Snapshot.Held.ContainsKey(Arn(2)));
            Assert.Empty(ledger.Snapshot.Waiting);
        }
    }

    [Fact]
    public async Task Claim_AfterAPlaceThatWasGrantedAtAdmission_IsGrantedAtOnce()
    {
        var ledger = OpenLedger();
        var run = Claim(1, 500);
        ledger.TakePlace(run.Task);

        Assert.IsType<TaskEvent.HostResourcesGranted>(await ledger.ClaimAsync(run, CancellationToken.None));
    }

    private static HostResourceLedger OpenLedger()
    {
        var ledger = new HostResourceLedger(TimeProvider.System);
        ledger.Open(new HostResourceNeed { Cpu = 1000, MemoryMiB = 1000 });
        return ledger;
    }

    private static StepRun Claim(int task, int cpu)
    {
        var definition = Definition(task, Container("app") with { Cpu = cpu });
        var admitted = EcsTask.Admit(definition, () => "0", DateTimeOffset.UnixEpoch);
        return new StepRun(
            admitted, new TaskStep.ClaimHostResources(HostResourceNeed.Of(definition)), task, _ => { }, CancellationToken.None);
    }
}
