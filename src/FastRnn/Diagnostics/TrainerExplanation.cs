using FastRnn.Models;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>Why a trainer's step failed: the same window again, from the same states, with a look at every number.</summary>
public static unsafe class TrainerExplanation
{
    /// <summary>After a <see cref="NonFiniteLossException"/>, or when the norm of the gradient is out of all proportion: where it began. Changes nothing.</summary>
    /// <param name="trainer">The trainer, whose last step failed or is still to come.</param>
    /// <param name="tokens"><c>[T, B]</c>, the step's.</param>
    /// <param name="targets"><c>[T, B]</c>, the step's.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or its loss wants, something else.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public static Finding Explain<TModel>(this Trainer<TModel> trainer, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, FindingBounds? bounds = null)
        where TModel : Model<TModel>, IModel<TModel>
    {
        using var inspector = Open(trainer);
        inspector.Forward(tokens);
        return inspector.Explain(targets, bounds);
    }

    /// <inheritdoc cref="Explain{TModel}(Trainer{TModel}, ReadOnlySpan{int}, ReadOnlySpan{int}, FindingBounds?)"/>
    /// <param name="trainer">The trainer, whose last step failed or is still to come.</param>
    /// <param name="tokens"><c>[T, B]</c>, the step's.</param>
    /// <param name="targets"><c>[T, B, O]</c>, the step's.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    public static Finding Explain<TModel>(this Trainer<TModel> trainer, ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets, FindingBounds? bounds = null)
        where TModel : Model<TModel>, IModel<TModel>
    {
        using var inspector = Open(trainer);
        inspector.Forward(tokens);
        return inspector.Explain(targets, bounds);
    }

    /// <inheritdoc cref="Explain{TModel}(Trainer{TModel}, ReadOnlySpan{int}, ReadOnlySpan{int}, FindingBounds?)"/>
    /// <param name="trainer">The trainer, whose last step failed or is still to come.</param>
    /// <param name="x"><c>[T, B, I]</c>, the step's.</param>
    /// <param name="targets"><c>[T, B]</c>, the step's.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    public static Finding Explain<TModel>(this Trainer<TModel> trainer, ReadOnlySpan<float> x, ReadOnlySpan<int> targets, FindingBounds? bounds = null)
        where TModel : Model<TModel>, IModel<TModel>
    {
        using var inspector = Open(trainer);
        inspector.Forward(x);
        return inspector.Explain(targets, bounds);
    }

    /// <inheritdoc cref="Explain{TModel}(Trainer{TModel}, ReadOnlySpan{int}, ReadOnlySpan{int}, FindingBounds?)"/>
    /// <param name="trainer">The trainer, whose last step failed or is still to come.</param>
    /// <param name="x"><c>[T, B, I]</c>, the step's.</param>
    /// <param name="targets"><c>[T, B, O]</c>, the step's.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    public static Finding Explain<TModel>(this Trainer<TModel> trainer, ReadOnlySpan<float> x, ReadOnlySpan<float> targets, FindingBounds? bounds = null)
        where TModel : Model<TModel>, IModel<TModel>
    {
        using var inspector = Open(trainer);
        inspector.Forward(x);
        return inspector.Explain(targets, bounds);
    }

    private static Inspector<TModel> Open<TModel>(Trainer<TModel> trainer)
        where TModel : Model<TModel>, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var inspector = new Inspector<TModel>(trainer.Model, trainer.Options.BatchSize, trainer.Options.SequenceLength);
        try
        {
            trainer.CopyStatesTo(inspector.Workspace);
        }
        catch
        {
            inspector.Dispose();
            throw;
        }

        return inspector;
    }
}
