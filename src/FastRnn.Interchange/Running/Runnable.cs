using System.Reflection;

using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Running;

/// <summary>Makes runnable models of generated classes.</summary>
internal static class Runnable
{
    /// <summary>A new object of a model's class. Its parameters are zeros: drawing first values that a file overwrites at once would take
    /// seconds, as large orthogonal matrices do.</summary>
    /// <param name="model">A generated class, which implements <see cref="IModel{TSelf}"/>.</param>
    /// <exception cref="ForeignFileException">The processor lacks what its kernels want, or memory cannot be had.</exception>
    public static IRunnable Create(Type model)
    {
        try
        {
            return (IRunnable)typeof(Runnable).GetMethod(nameof(Zeros), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(model).Invoke(null, null)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw new ForeignFileException($"the model {model.Name} cannot be made: {e.InnerException.Message}", e.InnerException);
        }
    }

    private static RunnableModel<TModel> Zeros<TModel>()
        where TModel : class, IModel<TModel> =>
        new(TModel.Create(ModelStore<TModel>.Zeros(SimdWidth.Auto)));
}
