using FastRnn.CompilerServices;

namespace FastRnn.Diagnostics;

/// <summary>Whether the gradients of a model's kernels are those of its equations: finite differences on the equations, executed in double
/// precision, share no line with the generated code. For a cell of one's own it is the test to write first:
/// <c>Assert.True(GradientCheck.Run&lt;MyModel&gt;().IsRight)</c>.</summary>
/// <remarks>A small batch of sequences of different lengths goes through the model twice. First without chance, where the gradient of each
/// output and each last state is a random number: that asks for the gradients of all parameters, of an input of vectors, and of states
/// that begin with zeros. Then, if the model declares a loss, as a trainer runs it, with the masks that dropout draws.</remarks>
public static class GradientCheck
{
    /// <summary>Checks a model with random parameters, of a size with which nothing saturates.</summary>
    /// <typeparam name="TModel">The generated class.</typeparam>
    /// <param name="options">Lengths and seed; null takes the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static GradientCheckResult Run<TModel>(GradientCheckOptions? options = null)
        where TModel : class, IModel<TModel>
    {
        options ??= new();
        options.Check();
        using var model = TModel.Create(ModelStore<TModel>.Zeros(options.Width));
        using (var edit = model.Store.Edit())
        {
            GradientBatch.DrawParameters(TModel.Info, options.Seed, edit.Parameters);
        }

        return Run(model, options);
    }

    /// <summary>Checks a model with the parameters that it has, such as a trained one. They are not changed.</summary>
    /// <typeparam name="TModel">The generated class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="options">Lengths and seed; null takes the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static GradientCheckResult Run<TModel>(TModel model, GradientCheckOptions? options = null)
        where TModel : class, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        options.Check();
        var batch = new GradientBatch(TModel.Info, options);
        var parameters = model.Store.Parameters;
        var judge = new GradientJudge(batch, options);
        var outputs = new OutputGradients(batch, parameters);
        judge.Compare(outputs, outputs.OfKernels(model));
        if (TModel.Info.Loss != LossKind.None)
        {
            var loss = new LossGradients(batch, parameters);
            judge.Compare(loss, loss.OfKernels(model));
        }

        return judge.Result();
    }
}
