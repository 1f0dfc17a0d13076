namespace FastRnn.Diagnostics;

/// <summary>What went wrong in a step of training, in the order in which it is looked for.</summary>
public enum FindingKind
{
    /// <summary>Everything is finite and within the bounds.</summary>
    Nothing,

    /// <summary>A parameter is no finite number.</summary>
    Parameter,

    /// <summary>A number of the input is not finite.</summary>
    Input,

    /// <summary>A state that was carried into the step is not finite.</summary>
    InitialState,

    /// <summary>A layer made a number that is not finite.</summary>
    State,

    /// <summary>The norm of a state grew past its bound.</summary>
    StateExplosion,

    /// <summary>Outputs are finite, the loss of a position is not: its target is bad, or they are far too large.</summary>
    Loss,

    /// <summary>The loss is finite, the gradient of a state is not.</summary>
    Gradient,

    /// <summary>On its way back the norm of a state's gradient grew past its bound.</summary>
    GradientExplosion,
}
