using System.Collections;
using Ecs.Agent.Host.Agents;
using Ecs.Agent.Host.Checking;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Diagnosis;
using Ecs.Agent.Host.Local;
using Ecs.Agent.Host.Operations;

var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
var console = CommandConsole.OfProcess(environment);
var commandLine = new AgentCommandLine(console, new CommandHandlers
{
    Run = new StandaloneAgent(console, environment).RunAsync,
    Check = new CheckSession(console, Console.In, environment, TimeProvider.System).RunAsync,
    Doctor = new DoctorSession(console, environment, TimeProvider.System).RunAsync,
    Explain = new ExplainSession(console, environment).RunAsync,
    LocalUp = new LocalUpSession(console, environment).RunAsync,
    LocalRun = new LocalRunSession(console, Console.In, environment, TimeProvider.System).RunAsync,
});
return await commandLine.InvokeAsync(args, CancellationToken.None);
