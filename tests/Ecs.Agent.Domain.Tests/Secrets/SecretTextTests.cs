using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Domain.Tests.Secrets;

public sealed class SecretTextTests
{
    private const string Invalid = "asm fetching authorization data: unable to unmarshal secret value, invalid schema";

    [Theory]
    [InlineData("""{"k":"v"}""", "v")]
    [InlineData("""{"k":""}""", "")]
    [InlineData("""{"k":"a\"b"}""", "a\"b")]
    [InlineData("""{"k":5432}""", "5432")]
    [InlineData("""{"k":10000000}""", "10000000")]
    [InlineData("""{"k":true}""", "true")]
    [InlineData("""{"k":{"a":1}}""", """{"a":1}""")]
    [InlineData("""{"other":1}""", null)]
    [InlineData("""{"K":1}""", null)]
    public void Member_OfASecret_IsItsText(string text, string? member) => Assert.Equal(member, SecretText.Member(text, "k"));

    [Theory]
    [InlineData("hunter2")]
    [InlineData("[\"hunter2\"]")]
    [InlineData("\"hunter2\"")]
    [InlineData("{\"k\":\"hunter2\"")]
    public void Member_OfWhatIsNoObject_FailsWithoutQuotingIt(string text)
    {
        var failure = Assert.Throws<FormatException>(() => SecretText.Member(text, "k"));

        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Login_OfASecret_HasUserNameAndPassword()
    {
        var login = SecretText.Login("""{"username":"u","password":"p:w","more":1}""");

        Assert.Equal(("u", "p:w"), (login.Username, login.Password));
    }

    [Theory]
    [InlineData(null, "asm fetching authorization data: empty secrets value")]
    [InlineData("", "asm fetching authorization data: empty secrets value")]
    [InlineData("nonsense", Invalid)]
    [InlineData("[]", Invalid)]
    [InlineData("""{"username":1,"password":"p"}""", Invalid)]
    [InlineData("""{"password":"p"}""", "asm fetching username: AuthorizationData is malformed, empty field")]
    [InlineData("""{"username":"","password":"p"}""", "asm fetching username: AuthorizationData is malformed, empty field")]
    [InlineData("""{"username":"u"}""", "asm fetching password: AuthorizationData is malformed, empty field")]
    [InlineData("""{"username":"u","password":null}""", "asm fetching password: AuthorizationData is malformed, empty field")]
    public void Login_OfAnythingElse_SaysWhatEcsSays(string? text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => SecretText.Login(text)).Message);

    [Theory]
    [InlineData("ssm secret resource: gone", "Ssm secret resource: gone")]
    [InlineData("a\n\tb   c ", "A b c")]
    [InlineData("ASM", "ASM")]
    [InlineData("", "")]
    public void Reason_OfAProblem_IsOneSentence(string problem, string reason) => Assert.Equal(reason, FailureReason.Of(problem));
}
