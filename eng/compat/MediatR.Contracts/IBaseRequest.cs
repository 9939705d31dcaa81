namespace MediatR;

/// <summary>What every request has in common, with or without an answer.</summary>
public interface IBaseRequest
{
}
