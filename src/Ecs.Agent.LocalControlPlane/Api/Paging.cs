using System.Globalization;
using System.Text;

namespace Ecs.Agent.LocalControlPlane.Api;

/// <summary>Cuts lists into pages of at most 100. A token names the place after the last item given, so it needs no memory here.</summary>
internal static class Paging
{
    private const int PageSize = 100;

    /// <param name="items">All items in their order.</param>
    /// <param name="token">The token of the page before; null for the first.</param>
    /// <param name="maxResults">How many to give, 1 to 100; null for 100.</param>
    public static (IReadOnlyList<string> Page, string? NextToken) Of(IEnumerable<string> items, string? token, int? maxResults)
    {
        if (maxResults is < 1 or > PageSize)
        {
            throw EcsErrors.InvalidParameter($"maxResults must be between 1 and {PageSize}.");
        }

        var start = token is null ? 0 : Position(token);
        var size = maxResults ?? PageSize;
        var rest = items.Skip(start).Take(size + 1).ToList();
        return rest.Count > size ? (rest.GetRange(0, size), Token(start + size)) : (rest, null);
    }

    private static string Token(int position) => Convert.ToBase64String(Encoding.ASCII.GetBytes(Invariant(position)));

    private static int Position(string token)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && int.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw EcsErrors.InvalidParameter("Invalid token.");
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
