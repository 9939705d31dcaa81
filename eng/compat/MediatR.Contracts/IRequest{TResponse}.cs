namespace MediatR;

/// <summary>A request that is answered with a <typeparamref name="TResponse"/>.</summary>
/// <typeparam name="TResponse">What the handler answers.</typeparam>
public interface IRequest<out TResponse> : IBaseRequest
{
}
