Console.WriteLine("ecs-agent");
