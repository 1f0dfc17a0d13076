namespace FastRnn.Compiler;

/// <summary>Generic code over models, for a model whose class is only known at run time: <see cref="CompiledModel.Accept"/> calls it with
/// that class. So everything of the library is within reach that <see cref="CompiledModel"/> does not hand on, such as
/// <c>FastRnn.Diagnostics.Inspector</c>.</summary>
/// <typeparam name="TResult">What comes of it. What holds on to the class keeps the declaration loaded.</typeparam>
public interface IModelVisitor<TResult>
{
    /// <summary>Called once.</summary>
    /// <typeparam name="TModel">The generated class.</typeparam>
    /// <param name="model">The model, which stays its owner's.</param>
    TResult Visit<TModel>(TModel model)
        where TModel : class, IModel<TModel>;
}
