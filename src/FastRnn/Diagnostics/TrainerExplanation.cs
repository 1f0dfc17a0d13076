using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>Why a trainer's step failed: the same window or batch again, from the same states, with a look at every number. Nothing is
/// dropped or drawn.</summary>
public static class TrainerExplanation
{
    /// <summary>After a <see cref="NonFiniteLossException"/>, or when the norm of the gradient is out of all proportion: where it began.
    /// Changes nothing.</summary>
    /// <param name="trainer">The trainer, whose last step failed or is still to come.</param>
    /// <param name="inputs">Vectors <c>[T, B, I]</c> or tokens <c>[T, B]</c>, the step's.</param>
    /// <param name="targets">Numbers <c>[T, B, O]</c> or tokens <c>[T, B]</c>, the step's.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or its loss wants, something else.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public static Finding Explain<TModel>(this Trainer<TModel> trainer, Inputs inputs, Targets targets, FindingBounds? bounds = null)
        where TModel : class, IModel<TModel>
    {
        var batch = SequenceBatch.Of(inputs, targets);
        return Explain(trainer, in batch, bounds, goesOn: true);
    }

    /// <summary>The same for a batch of sequences.</summary>
    /// <param name="trainer">The trainer, whose last step failed or is still to come.</param>
    /// <param name="batch">The step's.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    /// <inheritdoc cref="Explain{TModel}(Trainer{TModel}, Inputs, Targets, FindingBounds?)" path="/exception"/>
    public static Finding Explain<TModel>(this Trainer<TModel> trainer, in SequenceBatch batch, FindingBounds? bounds = null)
        where TModel : class, IModel<TModel> => Explain(trainer, in batch, bounds, goesOn: false);

    private static Finding Explain<TModel>(Trainer<TModel> trainer, in SequenceBatch batch, FindingBounds? bounds, bool goesOn)
        where TModel : class, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var inspector = new Inspector<TModel>(trainer.Model, trainer.Options with { Threads = 1, MaxPositions = 0 });
        trainer.ReadStates(goesOn ? inspector.SetStates : _ => { });

        inspector.Forward(in batch);
        return inspector.Explain(in batch, bounds);
    }
}
