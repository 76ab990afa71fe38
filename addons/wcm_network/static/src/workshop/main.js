import {startWebClient} from "@web/start";
import {WorkshopClient} from "./client/workshop_client";

startWebClient(WorkshopClient);
