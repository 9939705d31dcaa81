namespace MediatR;

/// <summary>Something that has happened and that any number of handlers may hear of.</summary>
public interface INotification
{
}
