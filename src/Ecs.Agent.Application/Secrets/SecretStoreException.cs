namespace Ecs.Agent.Application.Secrets;

/// <summary>
/// A store of secrets, files or registry tokens refused, or could not be reached. Adapters have tried again where that may help. The text
/// is shown
/// to the user and holds no secret.
/// </summary>
public sealed class SecretStoreException : Exception
{
    public SecretStoreException(string message, bool notFound = false, Exception? innerException = null)
        : base(message, innerException)
    {
        NotFound = notFound;
    }

    /// <summary>The store was reached and has no such thing.</summary>
    public bool NotFound { get; }
}
