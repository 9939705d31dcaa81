using System.Text;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions.Support;

/// <summary><c>docs/task-definition-support.md</c>, made from the table.</summary>
internal static class SupportPage
{
    /// <summary>Where the page is, from the root of the repository.</summary>
    public const string Path = "docs/task-definition-support.md";

    private const string Containers = "containerDefinitions[].";
    private const string Volumes = "volumes[].";

    public static string Render()
    {
        var page = new StringBuilder("""
            # Members of a task definition

            Every member of ECS's `RegisterTaskDefinition` and what becomes of it. This page is generated, see the end of it.

            `containers[].cpu` and the like are members of the task that the control plane sends to the agent; a container's own are named
            without `containers[].`. `HostConfig.CpuShares` and the like are members of Docker's create request (`docker inspect` shows them),
            `Env`, `Labels` and the like those of its config. What an agent does not read itself arrives in `dockerConfig`, word for word.

            | | |
            |---|---|
            | honoured | it arrives as the third column says |
            | refused | a task that has it is stopped before anything of it is started, with these words. The capability is not registered, so AWS does not place such a task here |
            | not applicable | it is not for an agent on Docker and Linux to act upon, for the reason given |

            *Locally* says what `run.sh` and `ecs-agent local` do otherwise, because there is no AWS account behind them. Each such difference is
            shown as a note when the task is run, and what makes a task impossible there as an error. `ecs-agent check FILE` says all of it for one
            file ([check.md](check.md)).


            """);
        Section(page, "The definition", SupportTable.Rows.Where(row => !IsUnder(row, Containers) && !IsUnder(row, Volumes)), "");
        Section(page, "Containers", SupportTable.Rows.Where(row => IsUnder(row, Containers)), Containers);
        Section(page, "Volumes", SupportTable.Rows.Where(row => IsUnder(row, Volumes)), Volumes);
        page.Append("""
            ## How this page is kept right

            It is made from the table in `src/Ecs.Agent.LocalControlPlane/TaskDefinitions/Support`. Tests walk the request's records and fail when a
            member is missing from the table, is there twice or does not exist, and when this page is not what the table says. After a change of the
            table:

                ECS_WRITE_SUPPORT_PAGE=1 dotnet run --project tests/Ecs.Agent.LocalControlPlane.Tests -- -class '*SupportPageTests'

            """);
        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, IEnumerable<MemberSupport> rows, string prefix)
    {
        page.Append("## ").Append(title).Append("\n\n");
        page.Append(prefix.Length == 0 ? "" : $"Members of `{prefix.TrimEnd('.')}`.\n\n");
        page.Append("| Member | | Where it arrives, or why not | Locally |\n|---|---|---|---|\n");
        foreach (var row in rows)
        {
            page.Append("| `").Append(row.Member[prefix.Length..]).Append("` | ").Append(Name(row.Fate)).Append(" | ")
                .Append(row.Text).Append(" | ").Append(row.Locally ?? "").Append(" |\n");
        }

        page.Append('\n');
    }

    private static bool IsUnder(MemberSupport row, string prefix) => row.Member.StartsWith(prefix, StringComparison.Ordinal);

    private static string Name(MemberFate fate) => fate switch
    {
        MemberFate.Honoured => "honoured",
        MemberFate.Refused => "refused",
        MemberFate.NotApplicable => "not applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, "A fate without a name."),
    };
}
