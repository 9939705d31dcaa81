namespace MediatR;

/// <summary>A request that is answered with any number of <typeparamref name="TResponse"/>.</summary>
/// <typeparam name="TResponse">One element of the answer.</typeparam>
public interface IStreamRequest<out TResponse>
{
}
