using Ecs.Agent.Application.Tasks;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class NameSuffixesTests
{
    /// <summary>Its first admission had reached the disk although the save had failed; a state rolled back to it looked for other names.</summary>
    [Fact]
    public void Bug_TaskTakenOnTwice_FoundNoneOfItsContainersByName()
    {
        var (first, second, other) = (NameSuffixes.Of(Arn(1)), NameSuffixes.Of(Arn(1)), NameSuffixes.Of(Arn(2)));

        string[] names = [first(), first(), other(), other()];

        Assert.Equal((names[0], names[1]), (second(), second()));
        Assert.Distinct(names);
        Assert.All(names, name => Assert.Matches("^[0-9a-f]{20}$", name));
    }
}
