using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>Carries out the steps that get a container's image, as the pull behaviour wants it.</summary>
internal sealed partial class ImageSteps(
    ImageInventory inventory,
    ImagePulls pulls,
    RegistryAccess registries,
    ImageRemovalMarks removals,
    AgentOptions options,
    IPauseImage pauseImage,
    IPullObserver pullObserver,
    TimeProvider time,
    ILogger<ImageSteps> logger)
{
    public async Task<TaskEvent> ResolveManifestAsync(StepRun run, CancellationToken cancellationToken)
    {
        var image = run.Container.Definition.Image;
        await removals.WaitAsync(image, cancellationToken).ConfigureAwait(false);
        try
        {
            if (run.Container.Definition.IsInternal)
            {
                await pauseImage.EnsureAsync(cancellationToken).ConfigureAwait(false);
                return Resolved(run, digest: null, pullRequired: false);
            }

            if (await FindUsableAsync(image, cancellationToken).ConfigureAwait(false) is { } local)
            {
                return Resolved(run, DigestOf(image, local), pullRequired: false);
            }

            pullObserver.OnRegistryAsked(run.Task.Arn, run.Step.Subject, image);
            return Resolved(
                run, ImageDigests.In(image) ?? await AskRegistryAsync(run, cancellationToken).ConfigureAwait(false), pullRequired: true);
        }
        catch (RuntimeException e)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> PullAsync(StepRun run, CancellationToken cancellationToken)
    {
        var image = run.Container.Definition.Image;
        await removals.WaitAsync(image, cancellationToken).ConfigureAwait(false);
        try
        {
            // Since the digest was looked up another task may have brought the image, or the look-up failed where the copy here will do.
            if (await FindUsableAsync(image, cancellationToken).ConfigureAwait(false) is not null)
            {
                return Resolved(run, digest: null, pullRequired: false);
            }

            var login = await LoginForAsync(run, cancellationToken).ConfigureAwait(false);
            var digest = ((TaskStep.PullImage)run.Step).Digest;
            await pulls.PullAsync(image, digest, login, MemberOf(run), cancellationToken).ConfigureAwait(false);
            return new TaskEvent.ImagePulled(time.GetUtcNow(), run.Step.Subject);
        }
        catch (RuntimeException e)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> AskRegistryAsync(StepRun run, CancellationToken cancellationToken)
    {
        var login = await LoginForAsync(run, cancellationToken).ConfigureAwait(false);
        return await pulls.ResolveDigestAsync(run.Container.Definition.Image, login, cancellationToken).ConfigureAwait(false);
    }

    private Task<RegistryLogin?> LoginForAsync(StepRun run, CancellationToken cancellationToken) =>
        registries.LoginForAsync(run.Task.Definition, run.Container.Definition, cancellationToken);

    /// <summary>The digest under which the copy here is known where it was asked for; null when it came from no registry.</summary>
    private static string? DigestOf(string image, LocalImage local)
    {
        var digest = ImageDigests.In(image) ?? ImageDigests.Among(image, local.RepoDigests);
        return digest is not null || local.RepoDigests.IsEmpty
            ? digest
            : throw new RuntimeException(
                new ContainerError(ContainerErrorNames.CannotPullImageManifest, $"failed to find a repo digest matching '{image}'"),
                RuntimeFailureKind.Permanent);
    }

    private PullMember MemberOf(StepRun run) => new(
        run.Task.Arn,
        run.Order,
        () => run.Post(new TaskEvent.PullBegan(time.GetUtcNow(), run.Step.Subject)),
        new PullRelay(run.Task.Arn, run.Step.Subject, pullObserver));

    /// <summary>The copy on this machine, where the pull behaviour is content with it.</summary>
    private async Task<LocalImage?> FindUsableAsync(string image, CancellationToken cancellationToken)
    {
        var content = options.ImagePullBehavior switch
        {
            ImagePullBehavior.PreferCached => true,
            ImagePullBehavior.Once => inventory.WasPulled(image),
            ImagePullBehavior.Default or ImagePullBehavior.Always => false,
        };
        return content ? await inventory.LookAsync(image, cancellationToken).ConfigureAwait(false) : null;
    }

    private TaskEvent.ManifestResolved Resolved(StepRun run, string? digest, bool pullRequired) =>
        new(time.GetUtcNow(), run.Step.Subject, digest, pullRequired);

    /// <summary>
    /// With <c>default</c> and <c>prefer-cached</c> the task goes on with what is here, and creation tells whether that is enough.
    /// </summary>
    private async Task<TaskEvent> FailAsync(StepRun run, RuntimeException e, CancellationToken cancellationToken)
    {
        LogFailed(run.Task.Arn, run.Step.Kind, run.Container.Definition.Image, e.Message);
        if (e.Kind == RuntimeFailureKind.Unreachable)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }

        var fatal = options.ImagePullBehavior is ImagePullBehavior.Always or ImagePullBehavior.Once;
        var hopeless = run.Step.Kind == TaskStepKind.PullImage && await IsHopelessAsync(run, cancellationToken).ConfigureAwait(false);
        return new TaskEvent.StepFailed(
            time.GetUtcNow(), run.Step.Subject, run.Step.Kind, e.Error, fatal || hopeless, hopeless ? e.Error.Reason : "");
    }

    /// <summary>
    /// An image that was pulled ahead of the dependencies, cannot be had, is not here either, and cannot be done without: there is no point
    /// in letting the dependencies run first.
    /// </summary>
    private async Task<bool> IsHopelessAsync(StepRun run, CancellationToken cancellationToken)
    {
        if (!options.PullDependentContainersUpfront
            || options.ImagePullBehavior == ImagePullBehavior.Always
            || !run.Container.Definition.Essential)
        {
            return false;
        }

        try
        {
            return await inventory.FindAsync(run.Container.Definition.Image, cancellationToken).ConfigureAwait(false) is null;
        }
        catch (RuntimeException e)
        {
            // Without an answer creation has to tell. A daemon that refuses to describe the image will not create from it either.
            return e.Kind is RuntimeFailureKind.Permanent or RuntimeFailureKind.NotFound;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: {Step} of image {Image} failed: {Problem}")]
    private partial void LogFailed(string taskArn, TaskStepKind step, string image, string problem);

    private sealed class PullRelay(string taskArn, string container, IPullObserver observer) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => observer.OnProgress(taskArn, container, value);
    }
}
