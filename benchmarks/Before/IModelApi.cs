namespace FastRnn.Before;

/// <summary>A model's class, behind an interface without its type, which the two spellings of the library constrain differently.</summary>
internal interface IModelApi
{
    /// <summary>What a batch for it has to hold.</summary>
    Sizes Sizes { get; }

    /// <summary>A step over windows of tokens whose states are carried on.</summary>
    Work TrainWindows(Batch batch, int threads);

    /// <summary>A step over whole sequences of vectors.</summary>
    Work TrainSequences(Batch batch, int threads);

    /// <summary>The outputs of whole sequences of vectors.</summary>
    Work Predict(Batch batch, int threads);

    /// <summary>The loss of whole sequences of vectors.</summary>
    Work Evaluate(Batch batch, int threads);

    /// <summary>A session that begins anew and runs through some steps of many sequences.</summary>
    Work RunBatch(int rows, int steps, int threads);

    /// <summary>One stream, a call a sample.</summary>
    Work StepStream(int threads, bool isEmbedded);

    /// <summary>One stream, a call a block of samples.</summary>
    Work RunStream(int steps, int threads, bool isEmbedded);
}
