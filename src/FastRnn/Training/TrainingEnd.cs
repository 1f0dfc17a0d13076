namespace FastRnn.Training;

/// <summary>Why a run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps and epochs are done.</summary>
    Finished,

    /// <summary>The validation loss made no more progress.</summary>
    StoppedEarly,

    /// <summary>It was asked for; the run can go on.</summary>
    Cancelled,
}
