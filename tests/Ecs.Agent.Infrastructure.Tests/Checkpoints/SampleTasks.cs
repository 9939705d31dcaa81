using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

/// <summary>Tasks to save.</summary>
internal static class SampleTasks
{
    public static DateTimeOffset T0 { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static string Arn(int number) => $"arn:aws:ecs:eu-central-1:123456789012:task/default/{number:x32}";

    /// <summary>A task that runs: two containers, one depending on the other.</summary>
    public static EcsTask Running(int number) =>
        Admitted(number)
            .Apply(new TaskEvent.HostResourcesGranted(T0))
            .Brought("db").Brought("app")
            .Apply(new TaskEvent.ReportSettled(T0, new TaskStateReport { TaskArn = Arn(number), Status = ReportedStatus.Running }));

    public static EcsTask Admitted(int number) => EcsTask.Admit(Definition(number), () => $"{number:x20}", T0);

    public static string RuntimeId(int number, string container) => $"{number:x32}{string.Concat(container.Select(c => $"{(int)c:x2}")).PadRight(32, '0')}";

    public static TaskDefinition Definition(int number) => new()
    {
        Arn = Arn(number),
        Family = "web",
        Version = "7",
        Containers =
        [
            new ContainerDefinition { Name = "db", Image = "repo/db:1", Essential = true, HasHealthCheck = true },
            new ContainerDefinition
            {
                Name = "app",
                Image = "repo/app:1",
                Essential = true,
                Environment = new EnvironmentVariables([new("PASSWORD", "hunter2-" + number)]),
                DependsOn = [new ContainerDependency("db", DependencyCondition.Start)],
            },
        ],
    };

    /// <summary>The task with all resources that its definition asks for, as if they had been made.</summary>
    public static EcsTask WithResources(EcsTask task) => task with
    {
        Resources = [.. TaskResources.Of(task.Definition, hasCgroup: true).Select(resource => new ResourceState(resource, ResourceStatus.Created))],
    };

    /// <summary>The container with all of the volumes mounted.</summary>
    public static ContainerDefinition Mounting(ContainerDefinition container, ImmutableArray<TaskVolume> volumes) =>
        container with { MountPoints = [.. volumes.Select(volume => new MountPoint(volume.Name, "/" + volume.Name, true))] };

    private static EcsTask Brought(this EcsTask task, string container)
    {
        var runtimeId = RuntimeId(Convert.ToInt32(task.Definition.Id[^8..], 16), container);
        return task
            .Apply(new TaskEvent.ManifestResolved(T0, container, "sha256:d", PullRequired: false))
            .Apply(new TaskEvent.ContainerCreated(T0, container, runtimeId, "sha256:image"))
            .Apply(new TaskEvent.ContainerStarted(
                T0, 0, container, new ContainerObservation { State = ObservedState.Running, RuntimeId = runtimeId, StartedAt = T0 }));
    }

    /// <summary>
    /// A value of the type in which nothing has its default, however deep: whoever loses a member on the way cannot hide it.
    /// </summary>
    public static object Filled(Type type, string name, int depth = 0)
    {
        if (Simple(type, name) is { } simple)
        {
            return simple;
        }

        if (type.IsGenericType && Collection(type, name, depth) is { } collection)
        {
            return collection;
        }

        if (type.IsAbstract)
        {
            return Filled(type.GetNestedTypes().First(t => t.IsSubclassOf(type)), name, depth);
        }

        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Filled(p.ParameterType, p.Name!, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null))
        {
            property.SetValue(made, Filled(property.PropertyType, property.Name, depth + 1));
        }

        return made;
    }

    private static object? Simple(Type type, string name) => Nullable.GetUnderlyingType(type) is { } inner ? Filled(inner, name)
        : type == typeof(string) ? "a " + name
        : type == typeof(bool) ? name != nameof(EcsContainer.PullRequired)
        : type == typeof(int) ? 1 + name.Length
        : type == typeof(long) ? 5_000_000_000L + name.Length
        : type == typeof(double) ? 0.5 + name.Length
        : type == typeof(DateTimeOffset) ? T0.AddSeconds(name.Length)
        : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(1500 + name.Length)
        : type == typeof(EnvironmentVariables) ? new EnvironmentVariables([new("VARIABLE", "value")])
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
        : null;

    private static object? Collection(Type type, string name, int depth)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (definition == typeof(ImmutableArray<>))
        {
            var array = Array.CreateInstance(arguments[0], 1);
            array.SetValue(Filled(arguments[0], name, depth + 1), 0);
            return typeof(ImmutableArray).GetMethods()
                .Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(arguments[0]).Invoke(null, [array]);
        }

        if (definition == typeof(ImmutableSortedSet<>))
        {
            return type.GetMethod("Add")!.Invoke(type.GetField("Empty")!.GetValue(null), [Filled(arguments[0], name, depth + 1)]);
        }

        if (definition == typeof(ImmutableSortedDictionary<,>))
        {
            var empty = type.GetField("Empty")!.GetValue(null)!;
            return type.GetMethod("SetItem")!.Invoke(empty, [Filled(arguments[0], "key", depth + 1), Filled(arguments[1], name, depth + 1)]);
        }

        return null;
    }

    /// <summary>All that a value holds, as text: two values that print the same are the same.</summary>
    public static string Print(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        EnvironmentVariables environment => $"[{string.Join(", ", environment.Select(v => $"{v.Key}={v.Value}"))}]",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag.ToString(),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Print))}]",
        _ => value.GetType().Name + "{" + string.Join(", ", value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => $"{p.Name}: {Print(p.GetValue(value))}")) + "}",
    };
}
