namespace Ecs.Agent.Domain.Secrets;

/// <summary>An object in S3.</summary>
public sealed record S3ObjectName(string Bucket, string Key)
{
    private const int PartsOfAnArn = 6;

    /// <summary>Whether, as a path below some directory, it would lead out of that or be the directory itself.</summary>
    public bool EscapesItsDirectory
    {
        get
        {
            var depth = 0;
            foreach (var part in $"{Bucket}/{Key}".Split('/'))
            {
                depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
                if (depth < 0)
                {
                    return true;
                }
            }

            return depth == 0;
        }
    }

    /// <summary>Reads <c>arn:partition:s3:::bucket/key</c>; null when it is not of that form.</summary>
    public static S3ObjectName? Parse(string arn)
    {
        ArgumentNullException.ThrowIfNull(arn);
        var parts = arn.Split(':', PartsOfAnArn);
        if (parts is not ["arn", { Length: > 0 }, "s3", "", "", var resource])
        {
            return null;
        }

        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < resource.Length - 1 ? new S3ObjectName(resource[..slash], resource[(slash + 1)..]) : null;
    }
}
