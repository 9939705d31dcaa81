using Ecs.Agent.Host.CommandLine;

namespace Ecs.Agent.Host.Presentation;

/// <summary>Writes lines, whole and one at a time, from any thread. A passing line is overwritten by whatever comes next.</summary>
internal sealed class LineWriter(CommandConsole console)
{
    private const string ClearLine = "\r\e[K";

    private readonly Lock _writing = new();
    private bool _passingShown;

    public void Write(IEnumerable<Line> lines)
    {
        lock (_writing)
        {
            foreach (var line in lines)
            {
                Write(line);
            }

            console.Output.Flush();
        }
    }

    private void Write(Line line)
    {
        if (_passingShown)
        {
            console.Output.Write(ClearLine);
        }

        _passingShown = line.Passing;
        if (line.Passing)
        {
            console.Output.Write(line.Text);
        }
        else
        {
            console.Output.WriteLine(line.Text);
        }
    }
}
