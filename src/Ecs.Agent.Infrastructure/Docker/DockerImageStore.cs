using System.Collections.Immutable;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Version = System.Version;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Docker's images and, through Docker, registries, with the logins of this machine.</summary>
internal sealed class DockerImageStore : IImageStore
{
    private static readonly Version DistributionSince = new(1, 35);
    private static readonly TimeSpan FirstProgressWithin = TimeSpan.FromMinutes(5);
    private static readonly DockerOperation Find =
        new(ContainerErrorNames.CannotPullImageManifest, "inspecting", TimeSpan.FromMinutes(10));

    private static readonly DockerOperation Begin = new(ContainerErrorNames.CannotPullContainer, "pullBegin", FirstProgressWithin);
    private static readonly DockerOperation Tag = new(ContainerErrorNames.CannotPullContainer, "pulled", TimeSpan.FromSeconds(30));

    private static readonly DockerOperation List = new("CannotListImagesError", "listing", TimeSpan.FromMinutes(10));
    private static readonly DockerOperation Delete = new("CannotRemoveImageError", "removing image", TimeSpan.FromMinutes(3));
    private static readonly ImagesListParameters WithoutIntermediate = new();

    private readonly DockerHttp _docker;
    private readonly DockerApi _api;
    private readonly DockerRetries _retries;
    private readonly TimeProvider _time;
    private readonly TimeSpan _inactivity;
    private readonly RegistryLogins _logins;
    private readonly DockerOperation _resolve;
    private readonly DockerOperation _pull;

    public DockerImageStore(DockerHttp docker, DockerApi api, DockerRetries retries, AgentOptions options, TimeProvider time)
    {
        _docker = docker;
        _api = api;
        _retries = retries;
        _time = time;
        _inactivity = options.ImagePullInactivityTimeout;
        _logins = options.RegistryLogins;
        _resolve = new DockerOperation(ContainerErrorNames.CannotPullImageManifest, "MANIFEST_PULLED", options.ManifestPullTimeout);
        _pull = new DockerOperation(ContainerErrorNames.CannotPullContainer, "pulled", options.ImagePullTimeout);
    }

    public Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) =>
        Find.RunAsync(_time, token => FindOnceAsync(Parse(image), token), cancellationToken);

    public Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken) =>
        _resolve.RunAsync(
            _time,
            async token =>
            {
                var reference = Parse(image);
                return reference.Digest
                    ?? await _retries.Manifest.ExecuteAsync(async attempt => await ResolveOnceAsync(reference, login, attempt), token);
            },
            cancellationToken);

    public async Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        await _pull.RunAsync(
            _time,
            async token =>
            {
                var reference = Parse(image);
                var wanted = digest is null ? reference : reference.At(digest);
                var told = login ?? _logins.For(image);
                await _retries.Pull.ExecuteAsync(async attempt => await PullOnceAsync(image, wanted, told, progress, attempt), token);
            },
            cancellationToken);
        if (digest is not null && Parse(image) is { Digest: null } named)
        {
            await Tag.RunAsync(
                _time,
                async token => await _retries.Tag.ExecuteAsync(async attempt => await TagOnceAsync(named, digest, attempt), token),
                cancellationToken);
        }
    }

    public Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken) => List.RunAsync(
        _time,
        async token =>
        {
            var all = await _api.CallAsync(client => client.Images.ListImagesAsync(WithoutIntermediate, token), token);
            return all.Select(Read).ToImmutableArray();
        },
        cancellationToken);

    public Task DeleteAsync(string nameOrId, CancellationToken cancellationToken) => Delete.RunAsync(
        _time, token => _docker.SendAndForgetAsync(HttpMethod.Delete, PathOf(Parse(nameOrId)), token), cancellationToken);

    /// <summary>A dangling image's only tag is <c>&lt;none&gt;:&lt;none&gt;</c>, which is none.</summary>
    private static HostImage Read(ImagesListResponse image) => new(
        image.ID,
        [.. (image.RepoTags ?? []).Where(tag => !tag.Contains('<', StringComparison.Ordinal)).Select(ImageReference.FamiliarName)],
        new DateTimeOffset(DateTime.SpecifyKind(image.Created, DateTimeKind.Utc)),
        image.Size);

    private static ImageReference Parse(string image) => ImageReference.TryParse(image, out var reference, out var problem)
        ? reference
        : throw DockerException.Answered(System.Net.HttpStatusCode.BadRequest, problem);

    // A reference that parsed holds nothing that would end or change a path: it may stand in one as it is.
    private static string PathOf(ImageReference reference) => "/images/" + reference;

    private async Task<LocalImage?> FindOnceAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _docker.GetAsync(PathOf(reference) + "/json", DockerJson.Default.InspectedImage, cancellationToken);
            return new LocalImage(
                found.Id ?? "",
                [.. found.RepoDigests ?? []],
                [.. (found.Config?.Env ?? []).Select(variable => variable.Split('=', 2)[0])],
                found.Size);
        }
        catch (DockerException e) when (e.Kind is RuntimeFailureKind.NotFound)
        {
            return null;
        }
    }

    private async Task<string?> ResolveOnceAsync(ImageReference reference, RegistryLogin? login, CancellationToken cancellationToken)
    {
        if (await _docker.VersionAsync(cancellationToken) < DistributionSince)
        {
            return null;
        }

        try
        {
            var answer = await _docker.GetAsync(
                $"/distribution/{reference}/json",
                RegistryAuthHeader.Of(login ?? _logins.For(reference.ToString())),
                DockerJson.Default.DistributionAnswer,
                cancellationToken);
            return IsSchema1(answer.Descriptor?.MediaType) ? null : answer.Descriptor?.Digest;
        }
        catch (DockerException e)
        {
            throw new DockerException(
                PullErrorText.Redact(reference.ToString(), e.Message), PullErrorText.Classify(e.Message, e.Kind), e);
        }
    }

    private static bool IsSchema1(string? mediaType) =>
        mediaType?.StartsWith("application/vnd.docker.distribution.manifest.v1+", StringComparison.Ordinal) == true;

    private async Task PullOnceAsync(
        string image, ImageReference wanted, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(FirstProgressWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var begun = false;
        try
        {
            var layers = new PullProgressTracker();
            var messages = new Inline<JSONMessage>(message =>
            {
                begun = true;
                silence.CancelAfter(_inactivity);
                if (message.Error is { } error)
                {
                    throw new DockerException(error.Message ?? "", RuntimeFailureKind.Temporary);
                }

                if (progress is not null && layers.Apply(message) is { } sums)
                {
                    progress.Report(sums);
                }
            });
            var parameters = new ImagesCreateParameters { FromImage = wanted.Repository, Tag = wanted.Selector };
            await _api.CallAsync(
                client => client.Images.CreateImageAsync(parameters, RegistryAuthHeader.ConfigOf(login), messages, either.Token),
                either.Token);
        }
        catch (OperationCanceledException e) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw begun
                ? new DockerException("inactivity time exceeded timeout while pulling image", RuntimeFailureKind.Temporary, e)
                : Begin.TimedOut(e);
        }
        catch (DockerException e)
        {
            throw new DockerException(PullErrorText.Explain(image, e.Message), PullErrorText.Classify(e.Message, e.Kind), e);
        }
    }

    private Task TagOnceAsync(ImageReference named, string digest, CancellationToken cancellationToken)
    {
        var parameters = new ImageTagParameters { RepositoryName = named.Repository, Tag = named.Tag ?? "latest" };
        return _api.CallAsync(
            client => client.Images.TagImageAsync(named.At(digest).ToString(), parameters, cancellationToken), cancellationToken);
    }

    // In order and before the next line is read, unlike Progress<T>; what it throws ends the pull.
    private sealed class Inline<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
