namespace FastRnn.Training;

/// <summary>What an optimizer works on. All buffers have the same layout and are padded with zeros to a multiple of 16 floats; an update of
/// zeros by zeros leaves zeros, so that whole vectors may run over the end.</summary>
internal unsafe struct OptimizerCall
{
    /// <summary>The parameters, updated in place.</summary>
    public float* Parameters;

    /// <summary>Their gradients, only read, but by a <see cref="CustomOptimizer"/>, which scales them.</summary>
    public float* Gradients;

    /// <summary>The first remembered number of each parameter, 0 before the first step; null if there is none.</summary>
    public float* State0;

    /// <summary>The second remembered number of each parameter, 0 before the first step; null if there is none.</summary>
    public float* State1;

    /// <summary>All remembered numbers, those of <see cref="State0"/> and <see cref="State1"/> first.</summary>
    public nint[] States;

    /// <summary>How many parameters there are without padding.</summary>
    public int Count;

    /// <summary>The learning rate of a group; null is the optimizer's.</summary>
    public float? LearningRate;

    /// <summary>The weight decay of a group; null is the optimizer's.</summary>
    public float? WeightDecay;

    /// <summary>The number of this step, from 1.</summary>
    public int Step;

    /// <summary>What gradients are multiplied by first (clipping); 1 if nothing is to be done.</summary>
    public float GradientScale;
}
