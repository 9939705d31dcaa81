using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.Acs;

/// <summary>A payload message that was given a number. It keeps id and number however often it is sent.</summary>
internal sealed record OutboundPayload(string MessageId, int SeqNum, ImmutableArray<string> TaskArns);
