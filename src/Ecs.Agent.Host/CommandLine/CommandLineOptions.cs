using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>Options that several commands share.</summary>
internal static class CommandLineOptions
{
    public static Option<int> Port(int byDefault)
    {
        var port = new Option<int>("--port")
        {
            Description = "The port of the ECS API on 127.0.0.1; 0 lets the system choose.",
            HelpName = "PORT",
            DefaultValueFactory = _ => byDefault,
        };
        port.Validators.Add(InRange(0, ushort.MaxValue));
        return port;
    }

    public static Option<bool> Verbose() =>
        new("--verbose", "-v") { Description = "Show the log of the agent and of the control plane in full, on standard error." };

    /// <summary>What begins with a hyphen is an option that nobody knows, not an argument; a hyphen alone is standard input.</summary>
    public static void RefuseUnknownOption(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: ['-', _, ..] unknown }])
        {
            result.AddError($"Unrecognized option '{unknown}'.");
        }
    }

    /// <summary>Names the option and the rule where a number is outside.</summary>
    public static Action<OptionResult> InRange(int first, int last) => result =>
    {
        // What is not a number has been complained about already.
        if (!result.Tokens.Any() || !int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
        {
            return;
        }

        if (value < first || value > last)
        {
            result.AddError($"{result.Option.Name} must be between {first} and {last}, not {value}.");
        }
    };
}
