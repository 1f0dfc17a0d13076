using FastRnn.CompilerServices;

namespace FastRnn.Cli.Models;

/// <summary>Something to do with a model that reads vectors, written once for all of them.</summary>
/// <typeparam name="TResult">What comes out.</typeparam>
internal interface IVectorModelTask<out TResult>
{
    /// <summary>Does it with one of the models.</summary>
    /// <param name="create">Makes the model with its first values from a seed.</param>
    TResult Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, IVectorModel;
}
