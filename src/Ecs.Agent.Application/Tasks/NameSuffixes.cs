using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecs.Agent.Application.Tasks;

/// <summary>
/// The suffixes of a task's Docker names. They follow from its ARN: a task that is taken on twice, because the first time was forgotten or was
/// never acknowledged, gives its containers the same names, and finds those that it made before.
/// </summary>
internal static class NameSuffixes
{
    private const int Digits = 20;

    /// <summary>Gives 20 lower-case hexadecimal digits per call, the same ones in the same order for the same task.</summary>
    public static Func<string> Of(string taskArn)
    {
        var place = 0;
        return () =>
        {
            var seed = string.Create(CultureInfo.InvariantCulture, $"{taskArn} {place++}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..Digits];
        };
    }
}
