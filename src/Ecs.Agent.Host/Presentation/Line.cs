namespace Ecs.Agent.Host.Presentation;

/// <summary>A line to show, without its line end.</summary>
/// <param name="Text">What it says, with colours where these are wanted.</param>
/// <param name="Passing">Whether the next line takes its place: a state of progress, worth nothing once it is over.</param>
internal readonly record struct Line(string Text, bool Passing = false);
