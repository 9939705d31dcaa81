namespace Ecs.Agent.LocalControlPlane.State;

/// <summary>Hears of every change of the state, in order.</summary>
internal interface IStateSubscriber
{
    /// <summary>Called while the store is locked: must not block, throw or call back.</summary>
    void OnChanged(ControlPlaneState before, ControlPlaneState after);
}
