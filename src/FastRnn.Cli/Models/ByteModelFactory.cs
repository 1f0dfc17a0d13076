using FastRnn.CompilerServices;

namespace FastRnn.Cli.Models;

/// <summary>Runs tasks with a class that was compiled in this process. Made by reflection, once for a class.</summary>
internal abstract class ByteModelFactory
{
    /// <param name="model">A generated class.</param>
    /// <returns>Null if it does not read tokens.</returns>
    public static ByteModelFactory? Of(Type model) => typeof(ITokenModel).IsAssignableFrom(model)
        ? (ByteModelFactory)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(model))! : null;

    public abstract TResult Run<TResult>(IByteModelTask<TResult> task);

    private sealed class Typed<TModel> : ByteModelFactory
        where TModel : class, IModel<TModel>, ITokenModel
    {
        public override TResult Run<TResult>(IByteModelTask<TResult> task) =>
            task.Run(seed => TModel.Create(ModelStore<TModel>.Initialize(seed, SimdWidth.Auto)));
    }
}
