using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions.Support;

/// <summary>The table has every member of the request exactly once, and the page is the table.</summary>
public sealed class SupportPageTests
{
    private const string WriteSwitch = "ECS_WRITE_SUPPORT_PAGE";

    [Fact]
    public void Table_HasEveryMemberOfTheRequestExactlyOnce()
    {
        var members = Members(typeof(RegisterTaskDefinitionRequest), "").ToList();

        Assert.True(members.Count > 150, $"only {members.Count} members were found");
        Assert.Equal(members.Order(StringComparer.Ordinal), SupportTable.Rows.Select(row => row.Member).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_SaysSomethingOfEveryMember() => Assert.All(SupportTable.Rows, row =>
    {
        Assert.False(string.IsNullOrWhiteSpace(row.Text), row.Member);
        Assert.DoesNotContain('|', row.Text + row.Locally);
        Assert.DoesNotContain('\n', row.Text + row.Locally);
    });

    /// <summary>What the local ECS notes or refuses is on the page, and the page claims no difference that is not noted.</summary>
    [Theory]
    [MemberData(nameof(SchemaCoverageTests.Members), MemberType = typeof(SchemaCoverageTests))]
    public void Table_SaysWhatIsDifferentLocally(string member)
    {
        var row = SupportTable.Find(member)!;

        Assert.True(
            SchemaCoverageTests.IsDifferentLocally(member) == row.Locally is not null,
            $"{member}: the page says '{row.Locally}', the local ECS says otherwise");
    }

    [Fact]
    public void Page_IsWhatTheTableSays()
    {
        var file = Path.Combine(Root(), SupportPage.Path);
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            File.WriteAllText(file, SupportPage.Render());
        }

        Assert.True(File.ReadAllText(file) == SupportPage.Render(), $"{SupportPage.Path} is out of date; its last lines say how to renew it.");
    }

    private static IEnumerable<string> Members(Type shape, string prefix) =>
        shape.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null).SelectMany(property =>
        {
            var path = prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var type = property.PropertyType;
            var element = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
            return (element ?? type) is var inner && inner.Namespace == typeof(RegisterTaskDefinitionRequest).Namespace
                ? Members(inner, element is null ? $"{path}." : $"{path}[].").Prepend(path)
                : [path];
        });

    // A deterministic build may have replaced the path of this file, so the folder of the executable is tried as well.
    private static string Root([CallerFilePath] string here = "") =>
        new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) }.SelectMany(Above).First(folder => File.Exists(Path.Combine(folder, "EcsAgent.sln")));

    private static IEnumerable<string> Above(string? folder)
    {
        for (; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
