using System;
using System.Threading.Tasks;

namespace MediatR;

/// <summary>The type with exactly one value: the answer of a request that answers nothing.</summary>
public readonly struct Unit : IEquatable<Unit>, IComparable<Unit>, IComparable
{
    private static readonly Unit Only;

    /// <summary>The one value.</summary>
    public static ref readonly Unit Value => ref Only;

    /// <summary>The one value, as a task that has already ended.</summary>
    public static Task<Unit> Task { get; } = System.Threading.Tasks.Task.FromResult(Only);

    public int CompareTo(Unit other) => 0;

    int IComparable.CompareTo(object? obj) => 0;

    public override int GetHashCode() => 0;

    public bool Equals(Unit other) => true;

    public override bool Equals(object? obj) => obj is Unit;

    public static bool operator ==(Unit first, Unit second) => true;

    public static bool operator !=(Unit first, Unit second) => false;

    public static bool operator <(Unit first, Unit second) => false;

    public static bool operator <=(Unit first, Unit second) => true;

    public static bool operator >(Unit first, Unit second) => false;

    public static bool operator >=(Unit first, Unit second) => true;

    public override string ToString() => "()";
}
