namespace Ecs.Agent.Application.Registration;

/// <summary>A machine that has no id of its own.</summary>
internal sealed class UnknownMachine : IMachine
{
    public Task<string?> FindInstanceIdAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
