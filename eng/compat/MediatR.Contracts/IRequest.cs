namespace MediatR;

/// <summary>A request that is carried out and answers nothing.</summary>
public interface IRequest : IBaseRequest
{
}
