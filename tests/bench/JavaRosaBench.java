// JavaRosa, the engine of ODK Collect, on one form: opening it, and an answer to the first question settled.
// usage: java -cp ODK_Validate.jar JavaRosaBench.java form.xml edits; prints {"open", "edit", "flip"} in ms.

import java.io.FileInputStream;
import java.util.Arrays;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.xform.util.XFormUtils;

public class JavaRosaBench {
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(arguments[0]));
        FormEntryModel model = new FormEntryModel(form);
        FormEntryController controller = new FormEntryController(model);
        form.initialize(true, new InstanceInitializationFactory());
        double open = (System.nanoTime() - start) / 1e6;
        while (controller.stepToNextEvent() != FormEntryController.EVENT_QUESTION) {
            continue;
        }
        FormIndex first = model.getFormIndex();
        int edits = Integer.parseInt(arguments[1]);
        answers(controller, first, edits / 2 + 1, "w", "v"); // warms the compiler of the machine
        double edit = answers(controller, first, edits, "v", "w");
        double flip = answers(controller, first, edits, "x", "y");
        System.out.printf("{\"open\": %.3f, \"edit\": %.4f, \"flip\": %.4f}%n", open, edit, flip);
    }

    /** The median time of an answer, one value and the other by turns. */
    private static double answers(
            FormEntryController controller, FormIndex index, int times, String one, String other) {
        double[] taken = new double[times];
        for (int round = 0; round < times; round++) {
            long start = System.nanoTime();
            controller.answerQuestion(index, new StringData(round % 2 == 0 ? one : other), true);
            taken[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(taken);
        return taken[times / 2];
    }
}
