using FastRnn.Execution;

namespace FastRnn.Training;

/// <content>What a trainer remembers, as a file.</content>
public sealed partial class Trainer<TModel>
{
    /// <summary>Writes everything that training needs to go on with the same bits: parameters, the optimizer's kind, moments and numbers
    /// (learning rate, betas, weight decay, ...), the carried states and the number of steps. The file is replaced as a whole or not at
    /// all. Gradients that were gathered and not used yet (<see cref="Accumulate"/>) are not part of it: save after
    /// <see cref="Update(float)"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts to keep with it.</param>
    /// <exception cref="ArgumentException">A parameter, moment or state is not finite, or the metadata are of another model; the file is as
    /// before.</exception>
    /// <exception cref="Files.ModelFileException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer, or changes the model.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) => SaveWith(path, metadata, []);

    /// <summary>The same, with arrays of the caller's in the same file.</summary>
    internal void SaveWith(string path, IReadOnlyDictionary<string, string>? metadata, IReadOnlyList<Files.TensorData> others)
    {
        using var held = use.Hold(this);
        var texts = metadata is null ? [] : new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        TrainerCheckpoint.Save(path, run, update, StepCount, hasState, texts, others);
    }

    /// <summary>Goes on where <see cref="Save"/> stopped; nothing is changed if the file is not right. One rule: what the file says holds.
    /// The optimizer must be of the same kind (<c>Adam</c>, <c>AdamW</c>, <c>Sgd</c> without or with momentum or Nesterov's) and gets all
    /// of its numbers from the file, the learning rate, betas, epsilon, momentum and weight decay, as by PyTorch's <c>load_state_dict</c>;
    /// to go on with others, set them afterwards. <see cref="Options"/> are the program's: clipping, seed, threads, sizes; but weights of
    /// classes or positive targets, and <see cref="TrainerOptions.Groups"/>, must be those of the file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts that were kept with it. If the optimizer had other numbers before, <c>fastrnn.replaced</c> says which:
    /// <c>learning_rate 0.001 in place of 0.01, beta1 0.9 in place of 0.8</c>.</returns>
    /// <exception cref="Files.ModelFileException">The file cannot be read, is damaged, or belongs to another model, optimizer, weights or
    /// groups; or it has states of more or fewer streams than <see cref="RunOptions.BatchSize"/>, and this trainer would go on with them
    /// (<see cref="TrainerOptions.CarryState"/>): where no state is carried, any batch size will do.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer, or changes the model.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public IReadOnlyDictionary<string, string> Restore(string path) => RestoreFrom(null, path);

    /// <summary>The same; a file that is open nobody replaces meanwhile.</summary>
    internal IReadOnlyDictionary<string, string> RestoreFrom(Files.Checkpoint? open, string path)
    {
        using var held = use.Hold(this);
        using var own = open is null ? Files.Checkpoint.Open(path, TModel.Info) : null;
        var restored = TrainerCheckpoint.Restore(open ?? own!, run, update, Options.CarryState && canCarry);
        (StepCount, hasState, pending) = (restored.Step, restored.HasState, 0);
        return restored.Metadata;
    }

    /// <summary>Hands out the states with which the next step begins, if streams go on.</summary>
    internal void ReadStates(Action<StateStore> read)
    {
        using var held = use.Hold(this);
        if (hasState && Options.CarryState)
            read(run.States);
    }
}
