using Ecs.Agent.Host.Presentation;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Host.Tests.Presentation;

public sealed class CheckLinesTests
{
    private static readonly MachineProfile Machine = new()
    {
        Attributes =
        [
            .. Enumerable.Range(17, 28).Select(minor => new EcsAttribute { Name = $"com.amazonaws.ecs.capability.docker-remote-api.1.{minor}" }),
            new EcsAttribute { Name = "com.amazonaws.ecs.capability.logging-driver.json-file" },
        ],
        Cpu = 2048,
        MemoryMiB = 2048,
    };

    [Fact]
    public void Of_ValidDefinition_ShowsTableTargetsWarningsAndVerdict() => Assert.Equal(
        """
        web.json: family web, containers app, db
          note: Took 1 null member as absent.

                            here      EC2       Fargate   external  arrives as
        task
          family            ok        ok        ok        ok        family: label com.amazonaws.ecs.task-definition-family, names of contai…
          tags              -         -         -         -         kept with the revision by the control plane; agents do not see them
        containerDefinitions[0] app
          name              ok        ok        ok        ok        name: part of the container's name, label com.amazonaws.ecs.container-n…
          image             ok        ok        ok        ok        image: Image; registryAuthentication of type ecr for a private ECR regi…
          memory            ok        ok        ok        ok        memory: HostConfig.Memory, at least 4 MiB
          logConfiguration  differs   needs     no        needs     HostConfig.LogConfig
        containerDefinitions[1] db
          name              ok        ok        ok        ok        name: part of the container's name, label com.amazonaws.ecs.container-n…
          image             ok        ok        ok        ok        image: Image; registryAuthentication of type ecr for a private ECR regi…
          memory            ok        ok        ok        ok        memory: HostConfig.Memory, at least 4 MiB
          logConfiguration  differs   needs     no        needs     HostConfig.LogConfig
        volumes[0]
          name              ok        ok        ok        ok        name: what mount points refer to; part of the Docker volume's name

        this machine: runs, with the following
          differs   Log driver gelf becomes json-file: the output of 'app' stays on this machine.
                    containerDefinitions[0].logConfiguration
          differs   Log driver gelf becomes json-file: the output of 'db' stays on this machine.
                    containerDefinitions[1].logConfiguration

        EC2: runs, with the following
          needs     ECS_AVAILABLE_LOGGING_DRIVERS with "gelf".
                    containerDefinitions[0].logConfiguration.logDriver, containerDefinitions[1].logConfiguration.logDriver

        Fargate: does not run there, for 5 reasons
          no        Fargate only supports network mode ‘awsvpc’.
                    networkMode
          no        Fargate requires that 'cpu' be defined at the task level.
                    cpu
          no        Fargate requires that 'memory' be defined at the task level.
                    memory
          no        Tasks using the Fargate launch type support the log drivers awslogs, splunk and awsfirelens. Found 'gelf'.
                    containerDefinitions[0].logConfiguration.logDriver, containerDefinitions[1].logConfiguration.logDriver

        external instances: runs, with the following
          needs     ECS_AVAILABLE_LOGGING_DRIVERS with "gelf".
                    containerDefinitions[0].logConfiguration.logDriver, containerDefinitions[1].logConfiguration.logDriver

        1 warning
          volumes[0].name
              No container mounts the volume 'v'.

        Valid; runs here, on EC2 and on external instances, not on Fargate.
        """,
        Text("""
            {"family":"web","tags":[{"key":"k","value":"v"}],"taskRoleArn":null,"volumes":[{"name":"v"}],"containerDefinitions":[
              {"name":"app","image":"i","memory":64,"logConfiguration":{"logDriver":"gelf"}},
              {"name":"db","image":"i","memory":64,"logConfiguration":{"logDriver":"gelf"}}]}
            """));

    [Fact]
    public void Of_DefinitionThatItsOwnLaunchTypeRefuses_SaysEachMistakeOnce()
    {
        var text = Text("""
            {"family":"web","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","containerDefinitions":[
              {"name":"app","image":"i","privileged":true}]}
            """);

        Assert.Contains("Fargate: does not run there, for 1 reason\n  no        1 of the mistakes below\n", text, StringComparison.Ordinal);
        Assert.Contains("EC2: would run without the mistakes, with the following", text, StringComparison.Ordinal);
        Assert.EndsWith(
            "1 mistake\n  containerDefinitions[0].privileged\n      Tasks using the Fargate launch type do not support privileged.\n\n"
            + "Not valid: 1 mistake, listed above.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TextThatIsNoJson_SaysWhere() => Assert.Equal(
        """
        web.json

        1 mistake
          $
              Not JSON: line 1 column 2: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.

        Not valid: 1 mistake, listed above.
        """,
        Text("{"));

    [Fact]
    public void Of_TextOfTheFile_CannotSteerTheTerminal() =>
        Assert.DoesNotContain('\e', Text("""{"family":"a\u001b[2Jb","containerDefinitions":[{"name":"x\u001b[2J","image":"i","memory":64}]}"""));

    [Fact]
    public void Of_Values_AreNotShown() => Assert.DoesNotContain(
        "hunter2",
        Text("""
            {"family":"a","containerDefinitions":[{"name":"x","image":"i","memory":64,"command":["hunter2"],
              "environment":[{"name":"P","value":"hunter2"},{"name":"P=hunter2","value":"x"}]}]}
            """),
        StringComparison.Ordinal);

    [Fact]
    public void Of_Terminal_IsColoured()
    {
        var report = DefinitionCheck.Of(TaskDefinitionReader.Read("""{"family":"a","containerDefinitions":[{"name":"x","image":"i"}]}""", "f"), Machine);

        Assert.Contains("\e[31mNot valid: 1 mistake, listed above.\e[0m", new CheckLines(colours: true).Of("f", [], report));
    }

    private static string Text(string json)
    {
        var read = TaskDefinitionReader.Read(json, "web");
        return string.Join('\n', new CheckLines(colours: false).Of("web.json", read.Notes, DefinitionCheck.Of(read, Machine)));
    }
}
