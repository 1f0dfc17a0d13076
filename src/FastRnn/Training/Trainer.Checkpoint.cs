using FastRnn.Execution;

namespace FastRnn.Training;

/// <content>What a trainer remembers, as a file.</content>
public sealed partial class Trainer<TModel>
{
    /// <summary>Whether states go on, or sequences begin: with learned first states that is a difference.</summary>
    private const string HasStateKey = "fastrnn.has_state";

    /// <summary>Writes everything that training needs to go on with the same bits: parameters, the optimizer's kind, moments and learning
    /// rate, the carried states and the number of steps. The file is replaced as a whole or not at all. Gradients that were gathered and
    /// not used yet (<see cref="Accumulate"/>) are not part of it: save after <see cref="Update(float)"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts to keep with it.</param>
    /// <exception cref="ArgumentException">A parameter, moment or state is not finite, or the metadata are of another model; the file is as
    /// before.</exception>
    /// <exception cref="Files.ModelFileException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) => SaveWith(path, metadata, []);

    /// <summary>The same, with arrays of the caller's in the same file.</summary>
    internal void SaveWith(string path, IReadOnlyDictionary<string, string>? metadata, IReadOnlyList<Files.TensorData> others)
    {
        using var held = use.Hold(this);
        var texts = metadata is null ? [] : new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        texts[HasStateKey] = hasState ? "1" : "0";
        TrainerCheckpoint.Save(path, run, update, StepCount, texts, others);
    }

    /// <summary>Goes on where <see cref="Save"/> stopped; nothing is changed if the file is not right. The optimizer must be of the same
    /// kind (<c>Adam</c>, <c>AdamW</c>, <c>Sgd</c> without or with momentum or Nesterov's) and gets the learning rate of the file; its
    /// other numbers are those that it was made with.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts that were kept with it.</returns>
    /// <exception cref="Files.ModelFileException">The file cannot be read, is damaged, or belongs to another model, optimizer or batch
    /// size.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public IReadOnlyDictionary<string, string> Restore(string path)
    {
        using var held = use.Hold(this);
        var (step, metadata) = TrainerCheckpoint.Restore(path, run, update);
        StepCount = step;
        pending = 0;

        // Where sequences begin with zeros, it makes no difference; files of 0.1.0 say nothing there.
        hasState = beginsWithZeros || (metadata.TryGetValue(HasStateKey, out var text) && text == "1");
        run.Runner.Model.Pack();
        return metadata;
    }

    /// <summary>Hands out the states with which the next step begins, if streams go on.</summary>
    internal void ReadStates(Action<StateStore> read)
    {
        using var held = use.Hold(this);
        if (hasState && Options.CarryState)
        {
            read(run.States);
        }
    }
}
