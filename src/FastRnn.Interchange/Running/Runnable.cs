using System.Reflection;

namespace FastRnn.Interchange.Running;

/// <summary>Makes runnable models of generated classes.</summary>
internal static class Runnable
{
    /// <summary>A new object of a model's class.</summary>
    /// <param name="model">A generated class, which implements <see cref="IModel{TSelf}"/>.</param>
    public static IRunnable Create(Type model)
    {
        try
        {
            var instance = Activator.CreateInstance(
                model, BindingFlags.CreateInstance | BindingFlags.Public | BindingFlags.Instance | BindingFlags.OptionalParamBinding, null,
                [0], null);
            return (IRunnable)Activator.CreateInstance(typeof(RunnableModel<>).MakeGenericType(model), instance)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw new ForeignFileException($"the model {model.Name} cannot be made: {e.InnerException.Message}", e.InnerException);
        }
    }
}
